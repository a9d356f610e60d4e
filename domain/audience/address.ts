/** Addresses of mail, as far as Jalon takes them. */

/** Whether the address can stand in a header: ASCII, one `@`, nothing that could end the header or begin another part. */
export const isAddress = (text: string): boolean =>
  text.length <= 320 && /^[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9.-]+$/.test(text);
