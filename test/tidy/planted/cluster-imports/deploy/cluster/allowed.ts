import './inward.js';
import 'node:fs';
import '@planledger/front';
