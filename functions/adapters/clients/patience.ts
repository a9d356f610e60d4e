/** How long an answer of AWS may take, and how often the SDK itself tries again. */
const connectionMsMax = 2_000;
const answerMsMax = 10_000;
const triesMax = 4;

export const patient = {
  maxAttempts: triesMax,
  requestHandler: { connectionTimeout: connectionMsMax, requestTimeout: answerMsMax },
};
/** For calls that a service cannot recognise when they come twice: a try of the SDK after a lost answer would act twice. */
export const impatient = { ...patient, maxAttempts: 1 };

/** One per process: its connections are what is slow to make. */
export function shared<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
