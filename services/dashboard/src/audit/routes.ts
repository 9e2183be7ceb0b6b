import type { RouteRecordRaw } from 'vue-router';

const meta = { desk: 'audit', needs: 'entries.read' } as const;

export const routes: readonly RouteRecordRaw[] = [
  {
    ...{ path: 'replay', name: 'replay', component: () => import('./ReplayView.vue') },
    meta: { ...meta, title: 'audit.replay.title', needs: 'replay.read' },
  },
  {
    ...{ path: 'entries', name: 'entries', component: () => import('./EntriesView.vue') },
    meta: { ...meta, title: 'audit.entries.title' },
  },
  {
    ...{ path: 'findings', name: 'findings', component: () => import('./FindingsView.vue') },
    meta: { ...meta, title: 'audit.findings.title' },
  },
  {
    ...{ path: 'entries/:position', name: 'entry', component: () => import('./EntryView.vue') },
    meta: { title: 'audit.entry.title', needs: 'entries.read' },
  },
  {
    ...{ path: 'stories/:id', name: 'story', component: () => import('./StoryView.vue') },
    meta: { title: 'audit.story.title', needs: 'replay.read' },
  },
];
