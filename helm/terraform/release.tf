# The namespace, the secrets the chart asks for, and the chart.
resource "kubernetes_namespace" "this" {
  metadata {
    name   = "vedette"
    labels = { "pod-security.kubernetes.io/enforce" = "restricted" }
  }

  depends_on = [aws_eks_node_group.this]
}

resource "kubernetes_secret" "database" {
  metadata {
    name      = "vedette-database"
    namespace = kubernetes_namespace.this.metadata[0].name
  }
  data = { url = local.database_url }
}

resource "tls_private_key" "signing" {
  algorithm = "RSA"
  rsa_bits  = 2048
}

resource "kubernetes_secret" "signing" {
  metadata {
    name      = "vedette-signing-key"
    namespace = kubernetes_namespace.this.metadata[0].name
  }
  data = { "signing-key.pem" = tls_private_key.signing.private_key_pem_pkcs8 }
}

resource "helm_release" "vedette" {
  name      = "vedette"
  namespace = kubernetes_namespace.this.metadata[0].name
  chart     = "${path.module}/../vedette"
  atomic    = true
  timeout   = 900

  values = compact([
    file("${path.module}/../vedette/ci/${var.environment}-values.yaml"),
    yamlencode({
      image    = { repository = var.image.repository, digest = var.image.digest, pullSecrets = [] }
      database = { existingSecret = kubernetes_secret.database.metadata[0].name }
      networkPolicy = {
        egress = {
          database = {
            to    = [for subnet in aws_subnet.private : { ipBlock = { cidr = subnet.cidr_block } }]
            ports = [{ port = 5432, protocol = "TCP" }]
          }
        }
      }
    }),
    var.values,
  ])

  depends_on = [kubernetes_secret.signing]
}
