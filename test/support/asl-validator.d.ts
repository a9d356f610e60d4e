/** asl-validator 4 ships no types; this is the part that the tests use. It changes the definition it is given. */
declare module 'asl-validator' {
  export default function validate(definition: unknown): {
    readonly isValid: boolean;
    errorsText(separator?: string): string;
  };
}
