import type {} from '@planledger/contracts';
import type {} from '@planledger/plan';
import 'vue';
