/** What a provider may cost a look: time, memory, requests. Beyond a limit a check is unknown, with a text that names it. */

/** A week. Prometheus answers at most 11,000 points a series, Dynatrace 10,080. */
export const minutesMax = 10_080;
/** For all providers of one look: API Gateway waits 29 s for a handler that looks. */
export const lookMsMax = 20_000;
/** For one answer over HTTP, its body included. */
export const answerMsMax = 5_000;
/** Bytes of one body, after decompression. */
export const answerBytesMax = 4 * 1024 * 1024;
/** How often one question is asked over HTTP: a read may be repeated. */
export const triesMax = 2;
/** Between two tries. */
export const restMs = 250;
/** Requests under way at one provider. */
export const atOnceMax = 4;
/** Series of one answer; one or two are meant. */
export const seriesMax = 100;
/** Points of one answer, of all its series. */
export const pointsMax = 50_000;
/** Characters of what a provider says about a failure. */
export const saidMax = 200;
