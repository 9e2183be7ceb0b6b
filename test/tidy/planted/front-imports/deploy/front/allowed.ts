import './one-service.js';
import './upwards.js';
import './driver.js';
import 'node:fs';
import '@planledger/host';
import '@planledger/local';
import '@planledger/standalone-service/services';
