/** What SES tells EventBridge of a mail, and what it comes to. */
import * as z from 'zod';
import type { Unreachable } from '#domain/audience/person.ts';
import type { DeliveryStatus } from '#domain/mailing/delivery.ts';
import { present } from '#domain/present.ts';
import { unreachable } from '#domain/unreachable.ts';
import { Name, Person, ReleaseId } from './identity.ts';
import { decodeTag } from './mail-tags.ts';

/** SES hands a tag back as a list, encoded as it was sent. */
const tag = (value: z.ZodType<string, string>) =>
  z
    .array(z.string())
    .length(1)
    .transform(([text = ''], context) => {
      try {
        return decodeTag(text);
      } catch {
        context.addIssue('not a tag of ours');
        return z.NEVER;
      }
    })
    .pipe(value);
const tags = { release: tag(ReleaseId), message: tag(Name), campaign: tag(Name), person: tag(Person) };

/** An address, or `Name <address>`. */
const Address = z
  .string()
  .max(1000)
  .transform((text) => /<([^<>]*)>$/.exec(text.trim())?.[1] ?? text.trim());
const Recipients = z
  .array(z.object({ emailAddress: Address }))
  .transform((all) => all.map((one) => one.emailAddress));
/** To whom it went. SES always says so; ours have one recipient each. */
const mail = z.object({ destination: z.array(Address).optional(), tags: z.object(tags) });

/** SES developer guide, "Examples of event data that Amazon SES sends to EventBridge", "Bounce object", "Complaint object". */
export const MailEvent = z.discriminatedUnion('detail-type', [
  z.object({
    'detail-type': z.literal(['Email Sent', 'Email Rejected', 'Email Rendering Failed']),
    detail: z.object({ mail }),
  }),
  z.object({
    'detail-type': z.literal('Email Delivered'),
    detail: z.object({ mail, delivery: z.object({ recipients: z.array(Address) }).optional() }),
  }),
  z.object({
    'detail-type': z.literal('Email Bounced'),
    detail: z.object({
      mail,
      /** Transient ones (a full mailbox, an absence) may arrive the next time. */
      bounce: z.object({ bounceType: z.string(), bouncedRecipients: Recipients }),
    }),
  }),
  z.object({
    'detail-type': z.literal('Email Complaint Received'),
    detail: z.object({
      mail,
      complaint: z.object({
        complainedRecipients: Recipients,
        /** `OnAccountSuppressionList`: it never left, because of a complaint from before. */
        complaintSubType: z.string().nullish(),
        /** What the person's provider says it is (RFC 5965, "Feedback-Type"); often it says nothing. */
        complaintFeedbackType: z.string().nullish(),
      }),
    }),
  }),
]);
export type MailEvent = z.output<typeof MailEvent>;

const types: readonly string[] = MailEvent.options.flatMap((option) => [
  ...option.shape['detail-type'].values,
]);
/** Whatever SES tells of mail that went through our configuration set. */
export const AnyMailEvent = z.object({
  'detail-type': z.string(),
  detail: z.looseObject({ mail: z.looseObject({ tags: z.record(z.string(), z.unknown()) }) }),
});
/** Delays, opens, what SES will tell tomorrow and mail of others (notices to the team) change nothing here. */
export const concerns = (event: z.output<typeof AnyMailEvent>): boolean =>
  types.includes(event['detail-type']) && Object.keys(tags).some((name) => name in event.detail.mail.tags);

/** What it comes to. */
export interface MailWord {
  readonly status: DeliveryStatus;
  /** The addresses that it is about; absent: the mail as a whole. */
  readonly about?: readonly string[];
  readonly unreachable?: Unreachable;
}

/** Nothing when it says nothing of the mail or its reader. */
export function wordOf(event: MailEvent): MailWord | undefined {
  switch (event['detail-type']) {
    case 'Email Sent':
      return { status: 'sent' };
    case 'Email Rejected':
    case 'Email Rendering Failed':
      return { status: 'failed' };
    case 'Email Delivered':
      return present({ status: 'delivered' as const, about: event.detail.delivery?.recipients });
    case 'Email Bounced': {
      const { bounceType, bouncedRecipients: about } = event.detail.bounce;
      return present({
        status: 'bounced' as const,
        about,
        unreachable: bounceType === 'Permanent' ? ('bounced' as const) : undefined,
      });
    }
    case 'Email Complaint Received':
      return complaintOf(event.detail.complaint);
    default:
      return unreachable(event);
  }
}

/** Reports of a mail program about the mail, and no word of its reader: the check of the sender failed, there was a virus in it. */
const reports: readonly unknown[] = ['auth-failure', 'virus'];

function complaintOf({
  complainedRecipients: about,
  complaintSubType,
  complaintFeedbackType,
}: Extract<MailEvent, { 'detail-type': 'Email Complaint Received' }>['detail']['complaint']):
  | MailWord
  | undefined {
  if (complaintSubType === 'OnAccountSuppressionList')
    return { status: 'bounced', about, unreachable: 'bounced' };
  // Somebody took it out of the unwanted mail: it has arrived, and is wanted.
  if (complaintFeedbackType === 'not-spam') return { status: 'delivered', about };
  if (reports.includes(complaintFeedbackType)) return undefined;
  return { status: 'complained', about, unreachable: 'complained' };
}
