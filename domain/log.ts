/** The catalogue of log codes: a code, and the sentence that it stands for. Entries carry ids, never whole events. */
export const logCatalogue = {
  HANDLER_FAILED: 'A handler threw; the caller decides whether to try again',
  EVENT_UNREADABLE:
    'An event of ours does not say what its contract asks for; it goes to the dead letters, never done',
  MAIL_EVENT_OF_OTHERS: 'What SES says names another address than the person’s; nothing is marked',
  WAIT_ALREADY_CLOSED: 'An answer came for a task that had ended; nothing to do',
  STALE_WAKE_UP: 'A schedule of an older epoch fired; nothing to do',
  STALE_EVENT: 'An event came late: what it tells of is no longer so; nothing to do',
  MAIL_REFUSED: 'A mail was refused for what it is; it never leaves, and its recipient is listed',
  MAIL_UNCERTAIN: 'A mail may or may not have left; its events will tell',
  INCIDENT_NOT_CALLED:
    'An incident is in the ledger, its escalation could not be started; the reconciler tries again',
  EXECUTION_STOPPED: 'An execution was stopped, and not by an abort; its release is closed as aborted',
  EXECUTION_OF_NO_RELEASE: 'An execution ended whose input names no release: its first state has refused it',
  NOT_NOTIFIED: 'People could not be told now; dashboards and the next reminder do',
  CALLBACK_REFUSED: 'A callback about a script was refused; whoever sent it was told why',
  COMMAND_REFUSED: 'Somebody asked for what their roles do not allow; nothing was changed',
  UNKNOWN_COMMAND: 'A status came for a command that no wait knows; nothing to do',
  AUDIENCE_IMPORTED: 'A file of users became the audience, or did not; the report lies in the bucket',
  AUDIENCE_SWEPT: 'Rows of audiences that were replaced or never finished are deleted',
} as const;
export type LogCode = keyof typeof logCatalogue;
