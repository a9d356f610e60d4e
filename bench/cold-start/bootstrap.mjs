/**
 * What Lambda's runtime does around a handler, as small as it can be: load it, ask the Runtime API for an event, answer.
 * Source: AWS Lambda, "Using the Lambda runtime API for custom runtimes".
 */
import { request } from 'node:http';

const { handler } = await import(process.argv[2]);
const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;

const call = (method, path, body) =>
  new Promise((resolve, reject) => {
    request(`${api}${path}`, { method }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve({ headers: response.headers, text }));
    })
      .on('error', reject)
      .end(body);
  });

const { headers, text } = await call('GET', '/invocation/next');
const id = headers['lambda-runtime-aws-request-id'];
const answer = await handler(JSON.parse(text)).then(
  (value) => ({ value }),
  (error) => ({ errorType: error.name, errorMessage: error.message }),
);
await call('POST', `/invocation/${id}/response`, JSON.stringify(answer));
