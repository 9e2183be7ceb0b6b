// breaks test-tools-in-tests
import '@jest/globals';
