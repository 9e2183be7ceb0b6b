import { createApp } from 'vue';
import App from './shell/App.vue';
import { i18n } from './i18n/catalogue';
import { router } from './shell/router';
import 'element-plus/theme-chalk/base.css';
import './shell/look.css';

createApp(App).use(i18n).use(router).mount('#app');
