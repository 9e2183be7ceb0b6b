import type { RouteRecordRaw } from 'vue-router';

const desk = 'commission';

export const routes: readonly RouteRecordRaw[] = [
  {
    ...{ name: 'overview', path: 'overview', component: () => import('./Overview.vue') },
    meta: { title: 'commission.title.overview', needs: 'plan.read', desk },
  },
  {
    ...{ name: 'items', path: 'items/:item?', component: () => import('./Items.vue') },
    meta: { title: 'commission.title.items', needs: 'plan.read', desk },
  },
  {
    ...{ name: 'indicators', path: 'indicators', component: () => import('./Indicators.vue') },
    meta: { title: 'commission.title.indicators', needs: 'plan.read', desk },
  },
  {
    ...{ name: 'projects', path: 'projects', component: () => import('./Projects.vue') },
    meta: { title: 'commission.title.projects', needs: 'project.read', desk },
  },
  {
    ...{ name: 'project', path: 'projects/:id', component: () => import('./Project.vue') },
    meta: { title: 'commission.title.project', needs: 'project.read' },
  },
  {
    ...{ name: 'lamps', path: 'lamps', component: () => import('./Lamps.vue') },
    meta: { title: 'commission.title.lamps', needs: 'plan.read', desk },
  },
  {
    ...{ name: 'letter', path: 'cases/:id/letter', component: () => import('./CaseLetter.vue') },
    meta: { title: 'commission.letter.title', needs: 'plan.read' },
  },
  {
    ...{ name: 'elements', path: 'elements', component: () => import('./Elements.vue') },
    meta: { title: 'commission.title.elements', needs: 'plan.read', desk },
  },
  {
    ...{ name: 'gaps', path: 'gaps', component: () => import('./Gaps.vue') },
    meta: { title: 'commission.title.gaps', needs: 'plan.read', desk },
  },
  {
    ...{ name: 'evaluation', path: 'evaluation', component: () => import('./Evaluation.vue') },
    meta: { title: 'commission.title.evaluation', needs: 'replay.read', desk },
  },
];
