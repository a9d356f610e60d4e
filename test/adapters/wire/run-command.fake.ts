/** Run Command of Systems Manager over the wire, with one node; listings keep 2,500 characters of what was printed. */
import { failingPath, printed } from '../script-runner.behaviour.ts';
import { type Answer, type Asked, json, refused } from './service.ts';

interface Sent {
  readonly CommandId: string;
  readonly Comment: string;
  readonly DocumentName: string;
  readonly RequestedDateTime: number;
  readonly path: string;
}
interface Body {
  readonly CommandId?: string;
  readonly Comment: string;
  readonly DocumentName: string;
  readonly Parameters: { readonly path: readonly [string] };
}
const listedMax = 2500;

export function fakeRunCommand() {
  const sent: Sent[] = [];
  let ended = false;
  const statusOf = ({ path }: Sent) => {
    if (!ended) return 'InProgress';
    return path === failingPath ? 'Failed' : 'Success';
  };
  const listed = (one: Sent) => ({ ...one, Status: statusOf(one), TargetCount: 1 });
  const invocation = (one: Sent) => {
    const failed = one.path === failingPath;
    const ResponseCode = failed ? 3 : 0;
    const Output = (failed ? printed : 'done').slice(0, listedMax);
    const Status = statusOf(one);
    return {
      InstanceId: 'mi-1',
      Status,
      StatusDetails: Status,
      CommandPlugins: ended ? [{ Name: 'run', Status, ResponseCode, Output }] : [],
    };
  };
  const respond = ({ operation, body }: Asked): Answer => {
    const { CommandId, Comment, DocumentName, Parameters } = body as Body;
    if (operation === 'SendCommand') {
      const one = {
        CommandId: `c${sent.length + 1}`,
        Comment,
        DocumentName,
        RequestedDateTime: sent.length,
        path: Parameters.path[0],
      };
      sent.push(one);
      return json({ Command: listed(one) });
    }
    const found = sent.filter((one) => CommandId === undefined || one.CommandId === CommandId);
    if (CommandId !== undefined && found.length === 0) return refused('InvalidCommandId');
    return operation === 'ListCommands'
      ? json({ Commands: found.map(listed) })
      : json({ CommandInvocations: found.map(invocation) });
  };
  return {
    respond,
    finish: async () => {
      ended = true;
    },
  };
}
