/** What a reader of English is told of a finding: tests of rules hold the sentences too. */
import type { Finding } from '#domain/lint/finding.ts';
import { english } from '#presentation/messages/findings/english.ts';
import { sayFinding } from '#presentation/messages/findings/finding-texts.ts';

export const inEnglish = <F extends Finding>(finding: F) => ({ ...finding, ...sayFinding(english, finding) });
