/**
 * How large a row is for DynamoDB, and how many units it takes. Pure.
 * Source: DynamoDB developer guide, "item sizes and formats" and "read and write requests".
 */

/** Bytes of a value as DynamoDB counts them. */
export function bytesOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).replace(/[-.]/g, '').length / 2) + 1;
  if (typeof value !== 'object' || value === null) return value === undefined ? 0 : 1;
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + bytesOf(one) + 1, 3);
  return itemBytes(value) + Object.keys(value).length + 3;
}
export const itemBytes = (item: object): number =>
  Object.entries(item).reduce(
    (sum, [name, value]) => (value === undefined ? sum : sum + Buffer.byteLength(name) + bytesOf(value)),
    0,
  );

/** Consistent; half of it where it is not. */
export const readUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / 4096));
export const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1024));
