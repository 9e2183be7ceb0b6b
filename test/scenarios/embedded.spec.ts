import { startTestApp } from '@planledger/testing';
import { describeScenarios } from './profile.js';

describeScenarios('on one process', startTestApp);
