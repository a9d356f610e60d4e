/** Limits of Step Functions (developer guide: "Service quotas", the states' pages, "Retry fields"). */

/** `definition` of CreateStateMachine; bytes of UTF-8. */
export const definitionBytesMax = 1_048_576;

/** Input and output of a task, a state and an execution; bytes of UTF-8 ("Quotas, task executions"). */
export const payloadBytesMax = 262_144;

/** Of a state and of a variable, in characters. */
export const nameLengthMax = 80;

/** TimeoutSeconds, HeartbeatSeconds, Seconds of a Wait, IntervalSeconds, and MaxAttempts too. */
export const countMax = 99_999_999;

/** MaxDelaySeconds is less than 31,622,400. */
export const delaySecondsMax = 31_622_399;

export const isCount = (value: unknown, min: 0 | 1): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= min && value <= countMax;
