/** The functions that take a hash, with Node's. */
import * as aws from '#application/aws-names.ts';
import * as waits from '#application/waits.ts';
import * as size from '#domain/audience/audience-size.ts';
import { ImportValidation } from '#domain/audience/import-validation.ts';
import * as people from '#domain/audience/person.ts';
import * as preference from '#domain/audience/preference.ts';
import * as entries from '#domain/ledger/entries.ts';
import * as proof from '#domain/ledger/proof.ts';
import * as replay from '#domain/ledger/replay.ts';
import * as buckets from '#domain/plan/exposure-buckets.ts';
import type { Sha256 } from '#domain/sha256.ts';
import { sha256 } from '#functions/runtime/sha256.ts';

const hashed =
  <Given extends readonly unknown[], Made>(make: (hash: Sha256, ...given: Given) => Made) =>
  (...given: Given): Made =>
    make(sha256, ...given);

export const record = hashed(replay.record);
export const chain = hashed(entries.chain);
export const firstBroken = hashed(entries.firstBroken);
export const next = hashed(proof.next);
export const personOf = hashed(people.personOf);
export const mailboxOf = hashed(people.mailboxOf);
export const flagsOf = hashed(preference.flagsOf);
export const tallied = hashed(size.tallied);
export const bucketOf = hashed(buckets.bucketOf);
export const scheduleNameOf = hashed(aws.scheduleNameOf);
export const scheduleName = hashed(waits.scheduleName);
export const executionNameOf = hashed(aws.executionNameOf);
export const vettingOf = (segments: Iterable<string>): ImportValidation =>
  new ImportValidation(sha256, segments);
