import { SERVICES } from '@planledger/standalone-service/services';
import { startTestApp } from '@planledger/testing';
import { describeScenarios } from './profile.js';

describeScenarios('on one process', ({ clocks, load }) =>
  startTestApp({
    services: SERVICES,
    clock: (plan) => clocks[plan] ?? Date.now(),
    prepare: async (platform) => {
      await load(platform);
      platform.plans.push(...Object.keys(clocks));
    },
  }),
);
