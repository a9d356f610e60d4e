/** What becomes of data when its stack is removed. */
import { RemovalPolicy } from 'aws-cdk-lib';
import type { Stage } from './stage.ts';

export const removalOf = ({ keepsData }: Pick<Stage, 'keepsData'>): RemovalPolicy =>
  keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
