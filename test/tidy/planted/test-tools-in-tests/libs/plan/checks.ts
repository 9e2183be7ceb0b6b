// breaks test-tools-in-tests
import 'fast-check';
