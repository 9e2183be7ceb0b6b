// breaks resolvable
import 'a-package-nobody-installed';
