/** Where a release is remembered: its rows, and apart from them its task tokens, each table under a key of its own. */
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { type TableDefinition, tableDefinitions } from '#functions/adapters/dynamodb/table-keys.ts';
import type { ResourceNames } from '../names.ts';
import { removalOf } from '../removal.ts';
import type { Stage } from '../stage.ts';
import { houseKey } from './key.ts';

/** Days back to which a table can be restored; the most that DynamoDB keeps. */
const recoveryDays = 35;

interface StorageProps {
  readonly names: ResourceNames;
  readonly stage: Stage;
}

export class Storage extends Construct {
  /** Releases, bakes, campaigns, audiences. */
  readonly releases: Table;
  readonly releasesKey: IKey;
  /** Task tokens: who reads them can answer for a person. */
  readonly waits: Table;
  readonly waitsKey: IKey;

  constructor(scope: Construct, id: string, { names, stage: { keepsData } }: StorageProps) {
    super(scope, id);
    this.releasesKey = houseKey(this, 'ReleasesKey', { alias: names.of('releases'), keepsData });
    this.waitsKey = houseKey(this, 'WaitsKey', { alias: names.of('waits'), keepsData });
    this.releases = this.#table('releases', names, this.releasesKey, keepsData);
    this.waits = this.#table('waits', names, this.waitsKey, keepsData);
  }

  #table(name: 'releases' | 'waits', names: ResourceNames, encryptionKey: IKey, keepsData: boolean): Table {
    const definition = tableDefinitions[name];
    const table = new Table(this, name === 'releases' ? 'Releases' : 'Waits', {
      tableName: names.of(name),
      partitionKey: text(definition.partitionKey),
      sortKey: text(definition.sortKey),
      timeToLiveAttribute: definition.timeToLive,
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: true,
        recoveryPeriodInDays: recoveryDays,
      },
      deletionProtection: keepsData,
      removalPolicy: removalOf({ keepsData }),
    });
    addIndexes(table, definition);
    return table;
  }
}

const text = (name: string) => ({ name, type: AttributeType.STRING });

function addIndexes(table: Table, { globalIndexes, localIndexes }: TableDefinition): void {
  for (const { name, partitionKey, sortKey } of globalIndexes) {
    table.addGlobalSecondaryIndex({
      indexName: name,
      partitionKey: text(partitionKey),
      sortKey: text(sortKey),
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }
  for (const { name, sortKey } of localIndexes) {
    table.addLocalSecondaryIndex({ indexName: name, sortKey: text(sortKey) });
  }
}
