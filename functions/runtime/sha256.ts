/** Node's SHA-256. */
import { hash } from 'node:crypto';
import type { Sha256 } from '#domain/sha256.ts';

export const sha256: Sha256 = (text) => hash('sha256', text);
