import { appenderModelTest } from './conformance-appender.js';
import { ledgerConformance } from './conformance.js';
import { makeMongoLedger } from './fixtures-mongo.js';

ledgerConformance('MongoDB', makeMongoLedger);

appenderModelTest('MongoDB, connected anew', makeMongoLedger, 20);
