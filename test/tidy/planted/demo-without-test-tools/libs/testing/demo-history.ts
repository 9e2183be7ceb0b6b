// breaks demo-without-test-tools
import 'fast-check';
