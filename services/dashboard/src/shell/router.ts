import { createRouter, createWebHistory } from 'vue-router';
import { me, whoAmI } from '../session/session';
import { SCREENS } from './screens';

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
