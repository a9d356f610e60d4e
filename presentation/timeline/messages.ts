/** Messages as they really went: sent, held, re-planned, given up. */
import { say } from '#domain/coded.ts';
import type { LedgerEntry } from '#domain/ledger/entries.ts';
import {
  campaignEnds,
  type FactOf,
  factsOf,
  findFact,
  type TimelineContext,
  type TimelineLine,
} from './context.ts';

type Told<T extends Parameters<typeof factsOf>[1]> = Pick<LedgerEntry, 'at' | 'seq'> & {
  readonly fact: FactOf<T>;
};

/** One line for all the messages dated at one moment, where the last of them is dated. */
export function messagePlanned(
  context: TimelineContext,
  { at, seq, fact }: Told<'message.planned'> | Told<'message.replanned'>,
): TimelineLine | undefined {
  const { texts, format } = context;
  const group = factsOf(context.entries, fact.type).filter((one) => one.at === at);
  if (group.at(-1)?.seq !== seq) return undefined;
  const dated = group.toSorted((a, b) => (a.fact.dueAt < b.fact.dueAt ? -1 : 1));
  const when = (one: (typeof dated)[number] | undefined) =>
    one ? `${format.shortDay(one.fact.dueAt)} (${context.message(one.fact.message).label})` : '';
  if (fact.type === 'message.planned') {
    const text = texts.messagesPlanned(dated.length, when(dated[0]), when(dated.at(-1)));
    return { at, mark: 'neutral', text };
  }
  return {
    at,
    mark: 'mail',
    text: texts.messagesReplanned(dated.length),
    details: dated.map((one) => {
      const { label, subject } = context.message(one.fact.message);
      return { text: `${format.moment(one.fact.dueAt)}  ${label}, ${texts.quoted(subject)}` };
    }),
  };
}

/** Told when it begins to go, with what came of it: the last mail leaves some minutes later. */
export function messageSending(
  context: TimelineContext,
  { at, fact }: Told<'message.sending'>,
): TimelineLine {
  const { texts, format, plan } = context;
  const sent = campaignEnds(context.entries).find((end) => end.fact.campaign === fact.campaign)?.fact;
  const { label, subject, audience } = context.message(fact.message);
  const invitesTo = plan.messages.find(({ id }) => id === fact.message)?.invitesTo;
  const over = findFact(context.entries, 'phase.closed', ({ phase }) => phase === invitesTo);
  const details =
    over && over.at < at
      ? [
          {
            mark: 'warning',
            text: texts.invitesToThePast(context.phaseName(over.fact.phase), format.day(over.at)),
          } as const,
        ]
      : [];
  if (!sent) return { at, mark: 'mail', text: texts.messageSending(label, audience, subject), details };
  const failed = sent.failed > 0 ? texts.messageFailed(sent.failed) : '';
  const text = texts.messageSent(label, audience, subject, format.number(sent.sent));
  return { at, mark: 'mail', text: `${text}${failed}`, details };
}

export function messageNotSent(
  context: TimelineContext,
  { at, fact }: Told<'message.held'> | Told<'message.skipped'>,
): TimelineLine {
  const { label, subject } = context.message(fact.message);
  const { texts, says } = context;
  return fact.type === 'message.held'
    ? { at, mark: 'warning', text: texts.messageHeld(label, subject, say(says.delays, fact.reason)) }
    : { at, mark: 'bad', text: texts.messageSkipped(label, subject, say(says.omissions, fact.reason)) };
}

export function messageCancelled(
  context: TimelineContext,
  { at, seq }: Told<'message.cancelled'>,
): TimelineLine | undefined {
  const group = factsOf(context.entries, 'message.cancelled').filter((one) => one.at === at);
  if (group.at(-1)?.seq !== seq) return undefined;
  const labels = group.map((one) => context.message(one.fact.message).label).join(', ');
  return { at, mark: 'warning', text: context.texts.messagesCancelled(labels) };
}
