/** What HTTP itself explains by its status: problems of the type `about:blank`, which no error of ours carries. */

export interface HttpRefusals {
  'no-such-route': { readonly method: string; readonly path: string };
  'method-not-allowed': { readonly method: string; readonly allowed: readonly string[] };
  'body-too-long': { readonly characters: number; readonly charactersMax: number };
  'callback-too-long': { readonly bytesMax: number };
  'body-of-another-type': Record<string, never>;
  'signature-wrong': Record<string, never>;
  fault: Record<string, never>;
}
