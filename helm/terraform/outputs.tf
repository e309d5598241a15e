output "cluster_name" {
  description = "For aws eks update-kubeconfig."
  value       = aws_eks_cluster.this.name
}

output "database_address" {
  description = "Host of the managed PostgreSQL; empty when you brought your own."
  value       = local.own_database ? aws_db_instance.this[0].address : ""
}

output "kafka_brokers" {
  description = "For kafka.bootstrapServers of the chart; empty without Kafka."
  value       = var.kafka.enabled ? aws_msk_cluster.this[0].bootstrap_brokers_sasl_scram : ""
}
