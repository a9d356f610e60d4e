/** A key of the house: rotated every year, and never gone before a month of second thoughts. */
import { Duration } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { removalOf } from '../removal.ts';

const pendingDays = 30;

export const houseKey = (
  scope: Construct,
  id: string,
  { alias, keepsData }: { readonly alias: string; readonly keepsData: boolean },
): Key =>
  new Key(scope, id, {
    alias,
    enableKeyRotation: true,
    pendingWindow: Duration.days(pendingDays),
    removalPolicy: removalOf({ keepsData }),
  });

/** What a caller of DynamoDB or SQS needs of the key, without a wildcard (AWS KMS, "key usage permissions"). */
export const keyUse = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'] as const;
