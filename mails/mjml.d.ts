/** What we use of MJML: its own types bring the types of all its parts. */
declare module 'mjml' {
  export default function mjml2html(
    input: string,
    options: {
      readonly validationLevel: 'strict' | 'soft' | 'skip';
      readonly fonts: Readonly<Record<string, string>>;
      readonly keepComments: boolean;
    },
  ): Promise<{ readonly html: string; readonly errors: readonly { readonly formattedMessage: string }[] }>;
}
