import type { Sayings } from '#domain/coded.ts';
import type { InvalidInputs } from '#domain/refusals/invalid-input.ts';
import { violationsInEnglish } from './contract.english.ts';

const kinds = { list: 'a list', null: 'null', string: 'a string', number: 'a number', boolean: 'a boolean' };

export const englishInvalidInputs: Sayings<Omit<InvalidInputs, 'body-too-long'>> = {
  'contract-broken': ({ of, violations }) => `${of}: ${violationsInEnglish(violations)}`,
  'execution-input-broken': ({ violations }) => `the execution's input: ${violationsInEnglish(violations)}`,
  'body-broken': ({ violations }) => violationsInEnglish(violations),

  'body-not-utf8': () => 'the body is not UTF-8, or not Base64 although the request says so',
  'body-not-json': () => 'the body is not JSON: a JSON object is needed',
  'body-not-object': ({ is }) => `the body is ${kinds[is]}: a JSON object is needed`,
  'body-too-deep': ({ levelsMax }) => `the body nests deeper than ${levelsMax} levels`,
  'body-member-twice': () => 'the body names a member of an object twice',
  'key-malformed': () =>
    'the header Idempotency-Key is no key: 1 to 128 visible characters are, such as a UUID',

  'level-not-for-order': ({ order }) =>
    `a level and a component are for the order "roll-back", not for "${order}"`,
  'rollback-without-level': ({ levels }) =>
    `a rollback is asked for its level: name it, one of ${levels.join(', ')}`,
  'level-without-component': ({ level, known }) =>
    `level "${level}" works on one component: name it, one of ${known.join(', ')}`,
  'no-such-component': ({ component, known }) =>
    `component "${component}" is not in the plan: it has ${known.join(', ')}`,
  'no-such-script': ({ script, known }) =>
    `script "${script}" is not in the plan: it has ${known.join(', ')}`,
  'no-such-escalation-level': ({ level }) => `the plan has no escalation level ${level}`,
  'observation-not-planned': ({ phase }) => `phase "${phase}" has no observation: its state should not exist`,
  'measure-out-of-bounds': ({ measure, number, given, min, max }) =>
    `${number === 'value' ? 'the value' : 'the number of samples'} of "${measure}" cannot be ${given}: the plan allows ${min} to ${max}`,
  'false-alarm-without-comment': () =>
    'a false alarm gives time back to an observation: say in "comment" how it is known that there was nothing',
  'criterion-of-approval': ({ criterion, role }) =>
    `criterion "${criterion}" is decided by the approval of ${role}`,
  'no-such-role': ({ role, known }) => `role "${role}" is not in the plan: it has ${known.join(', ')}`,
  'trouble-not-in-plan': ({ member, value, known }) =>
    `${member} "${value}" is not in the plan: it has ${known.join(', ')}`,
  'speed-malformed': ({ speed }) =>
    `the speed is "${speed}": write virtual time / real time, such as 1d/10s or 1h/1s, at most 30d/1s, or "stopped"`,
  'length-malformed': ({ length, daysMax }) =>
    `the length is "${length}": write an amount and s, m, h or d, such as 6h, at most ${daysMax}d`,

  'file-of-no-format': ({ name }) =>
    `the file is called ${name}: the name must end with .csv, .jsonl or .ndjson, which says how to read it`,
  'file-changed': () => 'the file changed while it was read: nothing was imported, import it again',
  'upload-replaced': () => 'the upload was removed or replaced before it was read: the newer one counts',
  'upload-gone': ({ upload }) => `the upload "${upload}" is no longer there`,

  'marker-too-long': ({ marker, charactersMax }) =>
    `marker "${marker}" has ${marker.length} characters; at most ${charactersMax} are allowed: shorten the phase's or the script's id`,
  'argument-lost': ({ argument, value, script, choosing }) =>
    `argument ${argument}="${value}" of ${script} cannot reach the script: CodeDeploy passes none; only ${choosing.join(' and ')} choose a revision, and release, phase and attempt are in the marker`,
  'revision-part-malformed': ({ part }) =>
    `"${part}" cannot be part of a revision's key: 1 to 100 letters, digits and . _ + - are allowed, the first a letter or a digit`,
};
