/**
 * The two tables and the keys of their rows: what the stack creates, the tests create, and the adapters use. Plain data
 * without the SDK, so that all three can read it. The access patterns are listed in `docs/why/design.md`.
 *
 * Table `releases`: projection and ledger of a release, claims of products, bakes, answers to commands, reports of scripts,
 * campaigns, audiences.
 * Table `waits`: task tokens, apart because reading them is a power.
 */

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Every key attribute is a string. */
export interface TableDefinition {
  readonly partitionKey: string;
  readonly sortKey: string;
  /** Epoch seconds. Only tidies up: the service deletes days late, so nothing reads a row's absence as a date. */
  readonly timeToLive: string;
  /** They project the keys only. */
  readonly globalIndexes: readonly {
    readonly name: string;
    readonly partitionKey: string;
    readonly sortKey: string;
  }[];
  /** Indexes with the table's partition key, readable consistently; they project everything. */
  readonly localIndexes: readonly { readonly name: string; readonly sortKey: string }[];
}

/** Sparse: heads of releases, and claims of people of whom nothing was heard. */
export const gsi1 = 'gsi1';
/** Sparse: waits that are armed or settling. Local, so that a wait just armed is not overlooked. */
export const openIndex = 'open';

export const tableDefinitions: Readonly<Record<'releases' | 'waits', TableDefinition>> = {
  releases: {
    partitionKey: 'pk',
    sortKey: 'sk',
    timeToLive: 'expiresAt',
    globalIndexes: [{ name: gsi1, partitionKey: 'gsi1pk', sortKey: 'gsi1sk' }],
    localIndexes: [],
  },
  waits: {
    partitionKey: 'pk',
    sortKey: 'sk',
    timeToLive: 'expiresAt',
    globalIndexes: [],
    localIndexes: [{ name: openIndex, sortKey: 'openWait' }],
  },
};

/** Text that sorts like the number: a whole number that is not negative, in so many digits. */
export function sortable(value: number, digits: number): string {
  if (!Number.isSafeInteger(value) || value < 0 || String(value).length > digits) {
    throw new RangeError(`${value} is no key: a whole number from 0 with at most ${digits} digits is`);
  }
  return String(value).padStart(digits, '0');
}

const releasePrefix = 'REL#';
export const releasePartition = (releaseId: string) => `${releasePrefix}${releaseId}`;
export const releaseIdOf = (partition: string) => partition.slice(releasePrefix.length);
export const headKey = (releaseId: string): Key => ({ pk: releasePartition(releaseId), sk: 'META' });

/** Rows of the projection sort right after the head, and the ledger before it: one query loads a release without its history. */
export const rowKey = (releaseId: string, kind: string, key: string): Key => ({
  pk: releasePartition(releaseId),
  sk: `ROW#${kind}#${key}`,
});

const seqDigits = 8;
/** No release has more entries. */
export const seqMax = 10 ** seqDigits - 1;
export const entryKey = (releaseId: string, seq: number): Key => ({
  pk: releasePartition(releaseId),
  sk: `EV#${sortable(seq, seqDigits)}`,
});

export const productKey = (product: string): Key => ({ pk: `PRODUCT#${product}`, sk: 'ACTIVE' });
/** A start that was asked for, whatever becomes of it. */
export const startKey = (releaseId: string): Key => ({ pk: `START#${releaseId}`, sk: 'START' });
/** A version that was found to be bad. */
export const versionKey = (product: string, version: string): Key => ({
  pk: `PRODUCT#${product}`,
  sk: `VERSION#${version}`,
});
/** What users of the product have, whichever release gave it. */
export const accessKey = (product: string): Key => ({ pk: `PRODUCT#${product}`, sk: 'ACCESS' });
export const activePartition = 'ACTIVE';
/** Ended releases in the index, by the instant of their end. */
export const endedPartition = 'ENDED';
export const endedEdge = (closedAt: string, releaseId: string) => `${closedAt}#${releaseId}`;

export const waitKey = (releaseId: string, waitId: string): Key => ({
  pk: releasePartition(releaseId),
  sk: `WAIT#${waitId}`,
});
export const bakeKey = (releaseId: string, waitId: string): Key => ({
  pk: `${releasePartition(releaseId)}#BAKE`,
  sk: waitId,
});

/** Looks of one attempt of a phase, apart from everything that is read often. Sorted by time. */
export const looksPartition = (releaseId: string, phase: string, attempt: number) =>
  `${releasePartition(releaseId)}#LOOKS#${phase}#${attempt}`;
export const lookKey = (releaseId: string, phase: string, attempt: number, atMs: number): Key => ({
  pk: looksPartition(releaseId, phase, attempt),
  sk: sortable(atMs, 13),
});

/** `claimant`: who gave a command and under which key, as a hash. */
export const answerKey = (claimant: string): Key => ({ pk: `ANSWER#${claimant}`, sk: 'ANSWER' });

export const reportKey = (marker: string): Key => ({ pk: `SCRIPT#${marker}`, sk: 'REPORT' });

export const campaignPartition = (campaign: string) => `COMM#${campaign}`;
export const claimedPartition = (campaign: string) => `${campaignPartition(campaign)}#CLAIMED`;
export const recipientPrefix = 'RCPT#';
/** A person is a hash: it spreads over the partition and the tally's shards. */
export const recipientKey = (campaign: string, person: string): Key => ({
  pk: campaignPartition(campaign),
  sk: `${recipientPrefix}${person}`,
});
/** What a key ends with: the person, or the question, whose row it is. */
export const lastOfKey = (sortKey: string): string => sortKey.slice(sortKey.lastIndexOf('#') + 1);
export const tallyPrefix = 'TALLY#';
export const listingKey = (campaign: string): Key => ({
  pk: campaignPartition(campaign),
  sk: `${tallyPrefix}LISTING`,
});
/** The page that is handed to the queue. Beside the tally, which is read after every job: it holds hundreds of people. */
export const intendedKey = (campaign: string): Key => ({ pk: campaignPartition(campaign), sk: 'INTENDED' });
export const shardKey = (campaign: string, shard: number): Key => ({
  pk: campaignPartition(campaign),
  sk: `${tallyPrefix}${sortable(shard, 2)}`,
});

/** Which generation of a product's audience is read, and which there are. */
export const audiencePartition = (product: string) => `AUD#${product}`;
export const currentKey = (product: string): Key => ({ pk: audiencePartition(product), sk: 'CURRENT' });
export const generationPrefix = 'GENERATION#';
export const generationKey = (product: string, generation: string): Key => ({
  pk: audiencePartition(product),
  sk: `${generationPrefix}${generation}`,
});
/** The people of one import. A person's place is the same in every generation. */
export const generationPartition = (product: string, generation: string) =>
  `${audiencePartition(product)}#${generation}`;
const bucketDigits = 5;
/** Where a bucket begins; of one past the last bucket, where all of them end. */
export const bucketEdge = (bucket: number) => `BUCKET#${sortable(bucket, bucketDigits)}`;
export const bucketKey = (product: string, generation: string, bucket: number, person: string): Key => ({
  pk: generationPartition(product, generation),
  sk: `${bucketEdge(bucket)}#${person}`,
});
export const segmentPrefix = (segment: string) => `SEGMENT#${segment}#`;
export const segmentKey = (product: string, generation: string, segment: string, person: string): Key => ({
  pk: generationPartition(product, generation),
  sk: `${segmentPrefix(segment)}${person}`,
});
export const memberKey = (product: string, generation: string, person: string): Key => ({
  pk: generationPartition(product, generation),
  sk: `PERSON#${person}`,
});
/** Apart from the audience: an import changes nothing here. */
export const preferenceKey = (product: string, person: string): Key => ({
  pk: `PREFERENCES#${product}`,
  sk: person,
});

export const feedbackPartition = (releaseId: string) => `${releasePartition(releaseId)}#FEEDBACK`;
export const answerPrefix = (person: string) => `ANSWER#${person}#`;
export const feedbackKey = (releaseId: string, person: string, question: string): Key => ({
  pk: feedbackPartition(releaseId),
  sk: `${answerPrefix(person)}${question}`,
});
export const feedbackTallyPrefix = 'TALLY#';
export const feedbackTallyKey = (releaseId: string, question: string, shard: number): Key => ({
  pk: feedbackPartition(releaseId),
  sk: `${feedbackTallyPrefix}${question}#${sortable(shard, 2)}`,
});
