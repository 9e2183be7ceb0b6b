// breaks test-workspace-on-top
import '../../test/system/start.js';
