// breaks sectors-imports
import '@nestjs/common';
