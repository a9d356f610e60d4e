/** The hash of a text (UTF-8): 64 hexadecimal digits. An argument, because a browser and Node each bring their own. */
export type Sha256 = (text: string) => string;
