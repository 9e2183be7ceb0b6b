import '@jest/globals';
import 'fast-check';
