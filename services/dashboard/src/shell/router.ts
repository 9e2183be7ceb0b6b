import type { Permission } from '@planledger/auth';
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import { routes as audit } from '../audit/routes';
import { routes as commission } from '../commission/routes';
import { routes as department } from '../department/routes';
import { me, whoAmI } from '../session/session';

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the catalogue. */
    title?: string;
    /** Whoever lacks it is told so in words, whatever link he came by. One of them is enough. */
    needs?: Permission | readonly Permission[];
    /** Which desk's menu it is listed in; left out of every menu without one. */
    desk?: Desk;
    open?: boolean;
  }
}

export type Desk = 'commission' | 'department' | 'audit';

/** Screens of one plan, by desk, in the order of the menus. Paths are relative to `/:plan`. */
export const SCREENS: readonly RouteRecordRaw[] = [...commission, ...department, ...audit];

export const router = createRouter({
  history: createWebHistory(),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/sign-in', name: 'sign-in', component: () => import('../session/SignIn.vue'), meta: { open: true } },
    { path: '/signed-in', component: () => import('../session/SignedIn.vue'), meta: { open: true } },
    { path: '/', name: 'home', component: () => import('../session/NoPlans.vue') },
    { path: '/:plan', name: 'plan', component: () => import('../session/NoPlans.vue') },
    {
      path: '/:plan/forbidden',
      name: 'forbidden',
      component: () => import('../session/ForbiddenPage.vue'),
    },
    { path: '/:plan', component: () => import('./PlanView.vue'), children: [...SCREENS] },
    {
      path: '/:rest(.*)*',
      name: 'not-found',
      component: () => import('../session/NotFound.vue'),
      meta: { open: true },
    },
  ],
});

/** Where each role's work begins. */
const HOME: Partial<Record<string, string>> = {
  clerk: 'due',
  approver: 'due',
  verifier: 'due',
  auditor: 'replay',
};

router.beforeEach(async (to) => {
  if (to.meta.open) return true;
  const person = await whoAmI();
  if (!person) return { name: 'sign-in', query: { to: to.fullPath } };
  if (to.name === 'home' || to.name === 'plan') {
    // The demo plan is the one with something to see.
    const plan = String(to.params['plan'] ?? person.plans.find((id) => id.endsWith('-demo')) ?? person.plans[0] ?? '');
    const home = HOME[person.role] ?? 'overview';
    return plan && router.hasRoute(home) ? { name: home, params: { plan } } : true;
  }
  const needs = to.meta.needs === undefined ? [] : [to.meta.needs].flat();
  const isAllowed = needs.length === 0 || needs.some((permission) => me.value?.permissions[permission] !== undefined);
  return isAllowed || { name: 'forbidden', params: { plan: to.params['plan'] ?? '-' } };
});
