/** Findings about the course of a release, in English. */
import type { CourseFindings } from '#domain/lint/findings.ts';
import type { FindingTexts } from './finding-texts.ts';

const oneLevel = {
  allowed: 'exactly one level for each severity',
  fix: 'list the severity under one level',
};

export const englishCourse: FindingTexts<CourseFindings> = {
  'corrects-itself': () => ({
    message: 'a phase that is corrected in itself is corrected in place',
    allowed: 'in-place, or another phase',
    fix: 'write correction: in-place',
  }),
  'correction-leads-forward': ({ phase, target, earlier }) => ({
    message: `"${target}" comes after "${phase}": what is corrected there would skip the phases between`,
    allowed: earlier.join(', ') || 'in-place',
    fix: 'name an earlier phase, or correct in place',
  }),
  'correction-leads-on': ({ phase, target, inPlace }) => ({
    message: `"${target}" is itself corrected elsewhere: nothing would lead back to "${phase}"`,
    allowed: inPlace.join(', ') || 'in-place',
    fix: 'name a phase that is corrected in place',
  }),
  'users-before-launch': ({ phase, launch }) => ({
    message: `"${phase}" exposes users before launch in "${launch}"`,
    allowed: 'no exposure before launch',
    fix: 'make it the launch phase or expose nobody in it',
  }),
  'plan-too-long': ({ days, daysMax }) => ({
    message: `the plan and its last messages take ${days} days`,
    allowed: `at most ${daysMax} days`,
    fix: 'shorten the plan, or send the latest messages with the next release',
  }),
  'phase-too-long': ({ phase, days, daysMax }) => ({
    message: `"${phase}" lasts ${days} days; its checklist and gate wait at most ${daysMax}`,
    allowed: `at most ${daysMax} days`,
    fix: 'split the phase',
  }),
  'unreachable-phase': ({ phase, before, gate }) => ({
    message: `no release reaches "${phase}": the gate of "${before}" can never pass`,
    allowed: 'a phase behind gates that can pass',
    fix: `mend ${gate} or the checklist before it`,
  }),
  'rollback-without-steps': () => ({
    message: 'choosing this level would do nothing',
    allowed: 'at least one step',
    fix: 'say what is done, in order',
  }),
  'data-restored-unasked': ({ level }) => ({
    message: `a verdict of a check of class "rollback" carries "${level}" out with nobody asked: what users have entered since the last backup is lost, and the release ends`,
    allowed: 'to say nothing: access is withdrawn at once, and two people agree to the rest',
    fix: 'leave it out, unless your document names this automatism',
  }),
  'severity-without-rollback': ({ severity }) => ({ message: `nothing answers "${severity}"`, ...oneLevel }),
  'severity-with-two-rollbacks': ({ severity, levels }) => ({
    message: `${levels.join(' and ')} both answer "${severity}"`,
    ...oneLevel,
  }),
  'marker-too-long': ({ marker, charactersMax }) => ({
    message: `a run of this script is marked "${marker}" (${marker.length} characters), with the longest id of a release`,
    allowed: `at most ${charactersMax} characters (the comment of a command in AWS Systems Manager)`,
    fix: 'shorten the id of the phase, the script or the rollback step',
  }),
};
