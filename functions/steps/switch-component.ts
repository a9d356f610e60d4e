/**
 * Switches a component off, or limits it.
 * Triggered by component steps of a rollback. Running it twice is harmless.
 */
import * as z from 'zod';
import { commit } from '#application/commit.ts';
import { EmptyOutput, InPhase, Name } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

const Input = InPhase.extend({
  level: z.enum(['full', 'partial', 'degraded']).exactOptional(),
  step: Name.exactOptional(),
  component: Name,
  state: z.enum(['off', 'limited']),
});

export const switchComponent = defineStep({
  name: 'switch-component',
  needs: ['releases', 'exposure'],
  input: Input,
  output: EmptyOutput,
  run: async ({ releaseId, component, state }, ports) => {
    await ports.exposure.switch(releaseId, component, state);
    await commit(ports, releaseId, 'system:switch-component', ({ components }) =>
      components[component] === state ? [] : [{ type: 'component.switched', component, state }],
    );
    return {};
  },
});
