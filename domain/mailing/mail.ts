/** A mail to one user of the product, as it leaves. */

export interface Mail {
  readonly to: string;
  readonly subject: string;
  /** One of the two is shown, by what the reader's program can do. */
  readonly html: string;
  readonly text: string;
  /** Where one click ends announcements (RFC 8058); of an announcement. */
  readonly unsubscribeUrl?: string;
  /** Come back with every event about this mail. */
  readonly tags: {
    readonly release: string;
    readonly message: string;
    readonly campaign: string;
    readonly person: string;
  };
}
