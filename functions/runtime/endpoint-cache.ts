/**
 * Stands in for `@aws-sdk/endpoint-cache` in the bundles (`lib/bundles.ts`): DynamoDB's client makes one at its start, for a
 * discovery of endpoints that is off, and brings a library of data structures for it.
 */
export class EndpointCache {
  has(): boolean {
    return false;
  }
  get(): undefined {
    return undefined;
  }
  getEndpoint(): undefined {
    return undefined;
  }
  set(): void {}
  delete(): void {}
  clear(): void {}
}
