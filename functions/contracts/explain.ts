import type * as z from 'zod';

/** What a contract refused, in one line: each value's path and what is allowed there. */
export const explain = (error: z.ZodError): string =>
  error.issues.map(({ path, message }) => `${path.join('.') || 'input'}: ${message}`).join('; ');
