# PostgreSQL, encrypted, reachable from the cluster only. None is made when a URL is brought.
locals {
  own_database = var.database.external_url_secret_arn == ""
}

resource "random_password" "database" {
  count   = local.own_database ? 1 : 0
  length  = 40
  special = false
}

resource "aws_db_subnet_group" "this" {
  count      = local.own_database ? 1 : 0
  name       = var.name
  subnet_ids = aws_subnet.private[*].id
}

resource "aws_security_group" "database" {
  count       = local.own_database ? 1 : 0
  name        = "${var.name}-database"
  description = "PostgreSQL from the cluster"
  vpc_id      = aws_vpc.this.id

  ingress {
    description     = "PostgreSQL"
    from_port       = 5432
    to_port         = 5432
    protocol        = "tcp"
    security_groups = [aws_eks_cluster.this.vpc_config[0].cluster_security_group_id]
  }
}

resource "aws_db_parameter_group" "this" {
  count  = local.own_database ? 1 : 0
  name   = var.name
  family = "postgres17"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }

  # an acknowledged point is on disk
  parameter {
    name  = "synchronous_commit"
    value = "on"
  }
}

resource "aws_db_instance" "this" {
  count                        = local.own_database ? 1 : 0
  identifier                   = var.name
  engine                       = "postgres"
  engine_version               = "17"
  instance_class               = var.database.instance_class
  allocated_storage            = var.database.storage_gb
  max_allocated_storage        = var.database.max_storage_gb
  storage_type                 = "gp3"
  storage_encrypted            = true
  db_name                      = "vedette"
  username                     = "vedette"
  password                     = random_password.database[0].result
  db_subnet_group_name         = aws_db_subnet_group.this[0].name
  vpc_security_group_ids       = [aws_security_group.database[0].id]
  parameter_group_name         = aws_db_parameter_group.this[0].name
  multi_az                     = var.database.multi_az
  backup_retention_period      = var.database.backup_days
  copy_tags_to_snapshot        = true
  deletion_protection          = var.database.deletion_protection
  final_snapshot_identifier    = "${var.name}-final"
  auto_minor_version_upgrade   = true
  performance_insights_enabled = true
}

data "aws_secretsmanager_secret_version" "database" {
  count     = local.own_database ? 0 : 1
  secret_id = var.database.external_url_secret_arn
}

locals {
  database_url = local.own_database ? format(
    "postgresql://vedette:%s@%s:5432/vedette",
    random_password.database[0].result,
    aws_db_instance.this[0].address,
  ) : data.aws_secretsmanager_secret_version.database[0].secret_string
}
