import { createI18n } from 'vue-i18n';
import audit from '../audit/zh-CN';
import commission from '../commission/zh-CN';
import decide from '../decide/zh-CN';
import department from '../department/zh-CN';
import ledger from './ledger-zh-CN';
import common from './zh-CN';

const zhCN = { ...common, ledger, commission, decide, department, audit };

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  missing(_locale, key) {
    // A mistake that must be seen: the tests look for complaints.
    // eslint-disable-next-line no-console
    console.error(`no text for ${key}`);
  },
  messages: { 'zh-CN': zhCN },
});
