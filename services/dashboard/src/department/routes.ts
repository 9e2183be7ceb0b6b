import type { RouteRecordRaw } from 'vue-router';

export const routes: readonly RouteRecordRaw[] = [
  {
    path: 'due',
    name: 'due',
    component: () => import('./DueScreen.vue'),
    meta: { title: 'department.due.title', needs: ['report.submit', 'report.judge'], desk: 'department' },
  },
  {
    path: 'register',
    name: 'register',
    component: () => import('./RegisterScreen.vue'),
    meta: { title: 'department.register.title', needs: 'project.register', desk: 'department' },
  },
  {
    path: 'work/:id',
    name: 'work',
    component: () => import('./WorkScreen.vue'),
    meta: { title: 'department.work.title', needs: 'project.read' },
  },
  {
    path: 'periods',
    name: 'periods',
    component: () => import('./PeriodsScreen.vue'),
    meta: { title: 'department.periods.title', needs: ['report.submit', 'report.judge'], desk: 'department' },
  },
];
