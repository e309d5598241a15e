# A managed Kafka, where senders speak it.
resource "aws_security_group" "kafka" {
  count       = var.kafka.enabled ? 1 : 0
  name        = "${var.name}-kafka"
  description = "Kafka from the cluster"
  vpc_id      = aws_vpc.this.id

  ingress {
    description     = "Kafka, TLS and SASL/SCRAM"
    from_port       = 9096
    to_port         = 9096
    protocol        = "tcp"
    security_groups = [aws_eks_cluster.this.vpc_config[0].cluster_security_group_id]
  }
}

resource "aws_msk_cluster" "this" {
  count                  = var.kafka.enabled ? 1 : 0
  cluster_name           = var.name
  kafka_version          = "3.7.x"
  number_of_broker_nodes = 3

  broker_node_group_info {
    instance_type   = var.kafka.instance_type
    client_subnets  = aws_subnet.private[*].id
    security_groups = [aws_security_group.kafka[0].id]

    storage_info {
      ebs_storage_info {
        volume_size = var.kafka.storage_gb
      }
    }
  }

  client_authentication {
    sasl {
      scram = true
    }
  }

  encryption_info {
    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }
}
