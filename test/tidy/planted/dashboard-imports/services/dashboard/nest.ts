// breaks dashboard-imports
import '@nestjs/common';
