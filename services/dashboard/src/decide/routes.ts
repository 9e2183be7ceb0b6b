import type { RouteRecordRaw } from 'vue-router';

const desk = 'decide';

export const routes: readonly RouteRecordRaw[] = [
  {
    ...{ path: 'requests', name: 'requests', component: () => import('./RequestsView.vue') },
    meta: {
      ...{ title: 'decide.requests.title', desk },
      needs: ['rebaseline.decide', 'exemption.decide', 'correction.decide', 'rebaseline.request'],
    },
  },
  {
    ...{ path: 'commands/:command?', name: 'commands', component: () => import('./CommandsView.vue') },
    // Of each role that writes one of its permissions: what is offered is what its own permissions let it do.
    meta: { title: 'decide.commands.title', desk, needs: ['project.register', 'exemption.decide', 'case.handle'] },
  },
];
