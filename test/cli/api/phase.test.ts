/** What people answer to a phase that waits for everything at once, from the command line. */

import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quoted } from '#domain/quoted.ts';
import { phaseApi } from '#functions/http/phase-api.ts';
import { handlerOf } from '#functions/runtime/handler.ts';
import { apiServer } from '#rehearsal/server.ts';
import { MemoryAnswers } from '#rehearsal/world/answers.ts';
import type { World } from '#rehearsal/world/world.ts';
import { crowded, crowdedRelease, known } from '#test/support/crowded-release.ts';
import { claimsOf } from '#test/support/http.ts';
import { jalon, listening } from './terminal.ts';

const { releaseId, phase } = crowded;
let ports: Awaited<ReturnType<typeof crowdedRelease>>;
let server: Server;
let api = '';
beforeAll(async () => {
  // Only the function that conducts phases is deployed.
  const invoke = (_: string, event: unknown) => handlerOf(phaseApi, ports)(event);
  const delivery = { invoke } as unknown as World['delivery'];
  server = apiServer({ delivery }, (bearer) => claimsOf('ada', bearer));
  api = await listening(server);
});
afterAll(() => server.close());

async function ran(typed: string) {
  const place = ['--release', releaseId, '--api', api, '--as', 'operator'];
  const ended = await jalon([...typed.split(' '), ...place]);
  const entries = await ports.releases.history(releaseId, 0, 200);
  return { ...ended, fact: entries.findLast(({ actor }) => actor === 'user:ada')?.fact };
}

describe('a phase that waits for everything at once', () => {
  it.each<[string, string, object]>([
    [
      `approve ${phase} --role operator --comment seen`,
      'operator approves at the gate of build.',
      { type: 'gate.approved', role: 'operator', comment: quoted('seen') },
    ],
    [
      `reject ${phase} --role operator --comment no`,
      'operator rejects at the gate of build.',
      { type: 'gate.rejected', role: 'operator', comment: quoted('no') },
    ],
    [
      `resume ${phase} expose --comment on`,
      'build goes on: expose.',
      { type: 'phase.resumed', resolution: 'expose', comment: quoted('on') },
    ],
    [
      `report-correction ${phase} --comment fixed`,
      'The correction of build is reported.',
      { type: 'phase.corrected', comment: quoted('fixed') },
    ],
    [
      `decide ${phase} retry --comment again`,
      'build: retry.',
      { type: 'decision.taken', decision: 'retry', comment: quoted('again') },
    ],
    [
      `tick ${phase} by-hand --evidence seen`,
      'build by-hand is done.',
      {
        type: 'item.ticked',
        item: 'by-hand',
        evidence: { code: 'words', params: { words: quoted('seen') } },
      },
    ],
    [
      `acknowledge-incident ${known.incident}`,
      'Incident build.1.gate is acknowledged.',
      { type: 'incident.acknowledged', incident: known.incident },
    ],
    [
      `resolve-incident ${known.incident}`,
      'Incident build.1.gate is resolved.',
      { type: 'incident.resolved', incident: known.incident },
    ],
  ])('takes every command once: jalon %s', async (typed, said, fact) => {
    ports = await crowdedRelease({ ports: { answers: new MemoryAnswers() } });
    expect(await ran(typed)).toMatchObject({ code: 0, stdout: `${said}\n`, stderr: '', fact });
  });
});
