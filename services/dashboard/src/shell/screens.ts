import type { Permission } from '@planledger/auth';
import type { RouteRecordRaw } from 'vue-router';
import { routes as audit } from '../audit/routes';
import { routes as commission } from '../commission/routes';
import { routes as decide } from '../decide/routes';
import { routes as department } from '../department/routes';

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

export type Desk = 'commission' | 'department' | 'decide' | 'audit';

/** Screens of one plan, by desk, in the order of the menus. Paths are relative to `/:plan`. */
export const SCREENS: readonly RouteRecordRaw[] = [...commission, ...department, ...decide, ...audit];
