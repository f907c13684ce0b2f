/** The screens by path. The server answers the same document for each of them (`src/platform/http/dashboard.ts`). */
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';

const routes: readonly RouteRecordRaw[] = [
  { path: '/', name: 'events', component: () => import('./screens/EventsScreen.vue') },
  { path: '/events', redirect: '/' },
  { path: '/events/:id', name: 'event', component: () => import('./screens/EventScreen.vue'), props: true },
  {
    path: '/events/:id/share',
    name: 'share',
    component: () => import('./screens/ShareScreen.vue'),
    props: true,
  },
  {
    path: '/events/:id/invite',
    name: 'invite',
    component: () => import('./screens/InviteScreen.vue'),
    props: true,
  },
  {
    path: '/events/:id/page',
    name: 'event-page',
    component: () => import('./screens/EventPageScreen.vue'),
    props: true,
  },
  { path: '/upcoming', name: 'upcoming', component: () => import('./screens/UpcomingScreen.vue') },
  { path: '/brand', name: 'brand', component: () => import('./screens/BrandScreen.vue') },
  { path: '/widget', name: 'widget', component: () => import('./screens/WidgetScreen.vue') },
  { path: '/connections', name: 'connections', component: () => import('./screens/ConnectionsScreen.vue') },
  {
    path: '/connections/:id',
    name: 'connection',
    component: () => import('./screens/ConnectionScreen.vue'),
    props: true,
  },
  { path: '/people', name: 'people', component: () => import('./screens/PeopleScreen.vue') },
  { path: '/account', name: 'account', component: () => import('./screens/AccountScreen.vue') },
  { path: '/:rest(.*)*', name: 'missing', component: () => import('./screens/MissingScreen.vue') },
];

export const router = createRouter({
  history: createWebHistory(),
  routes: [...routes],
  scrollBehavior: (_to, _from, before) => before ?? { top: 0 },
});

// A screen's file that is gone: the service was renewed while this page was open. Asking anew brings the new names.
router.onError((error, to) => {
  if (/dynamically imported module|Importing a module script/i.test(String(error)))
    location.assign(to.fullPath);
});
