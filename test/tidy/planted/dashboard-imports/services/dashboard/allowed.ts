import '@planledger/contracts';
import '@planledger/plan';
import 'vue';
