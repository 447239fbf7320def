"""Sentences about training on many machines, and about storage that they share."""

MESSAGES = {
    "arg_cluster": {
        "en": "Train one model on many machines, each with a share of every batch (networks and encoders): local (this machine), "
        "auto (the Ray cluster it belongs to), HOST:PORT or ray://HOST:PORT.",
        "ko": "배치를 여러 컴퓨터가 나누어 모델 하나를 학습합니다(신경망과 인코더). local(이 컴퓨터), auto(이 컴퓨터가 속한 Ray "
        "클러스터), 호스트:포트, ray://호스트:포트.",
    },
    "arg_workers": {
        "en": "With --cluster: processes that train together; an update sees this many times --batch-size texts. By itself one on "
        "each GPU, without GPUs one on each machine.",
        "ko": "--cluster와 함께: 같이 학습하는 프로세스 수. 가중치를 한 번 고칠 때 --batch-size의 이 수만큼 배인 텍스트를 봅니다. "
        "기본은 GPU마다 하나, GPU가 없으면 컴퓨터마다 하나입니다.",
    },
    "arg_cpus": {
        "en": "With --cluster: cores of each process. By itself all of a machine's, beside a GPU one.",
        "ko": "--cluster와 함께: 프로세스마다 쓰는 코어 수. 기본은 컴퓨터의 모든 코어, GPU를 쓰면 하나입니다.",
    },
    "arg_gpus": {
        "en": "With --cluster: GPUs of each process. By itself 1 where the cluster has GPUs, else 0.",
        "ko": "--cluster와 함께: 프로세스마다 쓰는 GPU 수. 기본은 클러스터에 GPU가 있으면 1, 없으면 0입니다.",
    },
    "arg_storage": {
        "en": "With --cluster: a folder or URL that all machines see (/nfs/…, s3://…, gs://…), for checkpoints; without it they come "
        "here through Ray.",
        "ko": "--cluster와 함께: 체크포인트를 둘, 모든 컴퓨터가 보는 폴더나 URL(/nfs/…, s3://…, gs://…). 없으면 Ray를 거쳐 이 "
        "컴퓨터로 가져옵니다.",
    },
    "needs_cluster": {
        "en": "These go with --cluster: {names}. Add --cluster local or --cluster ADDRESS, or leave them out.",
        "ko": "--cluster와 함께 쓰는 옵션입니다: {names}. --cluster local이나 --cluster 주소를 붙이거나 빼세요.",
    },
    "torchrun": {
        "en": "--cluster starts its own processes, so it does not go with torchrun. Run 'maeum train … --cluster ADDRESS' once.",
        "ko": "--cluster는 프로세스를 스스로 시작하므로 torchrun과 함께 쓸 수 없습니다. 'maeum train … --cluster 주소'를 한 번만 "
        "실행하세요.",
    },
    "number": {
        "en": "{name}: expected a number from {least}, found '{found}'.",
        "ko": "{name}: {least} 이상의 수여야 하나 '{found}'입니다.",
    },
    "numbers": {"en": "{problems}", "ko": "{problems}"},
    "not_by_gradients": {
        "en": "'{family}' does not learn by gradients, so many machines cannot share its training; it takes seconds to minutes on "
        "one. Train it without --cluster, or one of: {known}, or an encoder's name.",
        "ko": "'{family}'{family:-은/는} 기울기로 배우지 않아 여러 컴퓨터가 학습을 나눌 수 없고, 한 대에서 몇 초에서 몇 분이면 "
        "끝납니다. --cluster 없이 학습하거나 {known}, 또는 인코더 이름을 지정하세요.",
    },
    "no_teacher": {
        "en": "A student learns from its teacher on one machine. Leave out --cluster.",
        "ko": "교사에게 배우는 학습은 한 컴퓨터에서 합니다. --cluster를 빼세요.",
    },
    "one_corpus": {
        "en": "Several --data are trained on together on one machine. Leave out --cluster, or give one --data.",
        "ko": "여러 --data를 함께 배우는 학습은 한 컴퓨터에서 합니다. --cluster를 빼거나 --data를 하나만 지정하세요.",
    },
    "cores": {"en": "{count} core(s)", "ko": "코어 {count}개"},
    "workers_of": {
        "en": "{workers} process(es) with {each} each",
        "ko": "프로세스 {workers}개(각각 {each})",
    },
    "too_small": {
        "en": "The cluster has no room for {asked}: it has {has}, which is room for {room}. Lower --workers, --cpus or --gpus, or add "
        "machines.",
        "ko": "클러스터에 {asked}의 자리가 없습니다. 있는 것은 {has}, 들어가는 프로세스는 {room}개입니다. --workers, --cpus, --gpus를 "
        "줄이거나 컴퓨터를 더하세요.",
    },
    "begun": {
        "en": "Training on the cluster: {asked}. An update sees {batch} texts ({workers} × {size}).",
        "ko": "클러스터에서 학습합니다: {asked}. 가중치를 한 번 고칠 때 텍스트 {batch}개({workers} × {size})를 봅니다.",
    },
    "waiting": {
        "en": "Waiting for {asked}: that much is not free, or not there any more. After Ctrl-C, --resume goes on from the last "
        "checkpoint.",
        "ko": "{asked}를 기다립니다. 그만큼 비어 있지 않거나 남아 있지 않습니다. Ctrl-C로 멈춰도 마지막 체크포인트가 있으면 "
        "--resume으로 이어서 할 수 있습니다.",
    },
    "again": {
        "en": "A worker was lost; all begin again after update {step}.",
        "ko": "작업자를 잃어 업데이트 {step}부터 모두 다시 시작합니다.",
    },
    "kept": {
        "en": "The last checkpoint, after update {step}, is in '{place}'; --resume goes on from it.",
        "ko": "업데이트 {step} 뒤의 마지막 체크포인트는 '{place}'에 있으며 --resume으로 이어서 할 수 있습니다.",
    },
    "left": {
        "en": "The checkpoints of the dropped training stay in '{place}', which cannot be reached: {reason}",
        "ko": "버린 학습의 체크포인트가 '{place}'에 남아 있습니다. 그곳에 닿을 수 없습니다: {reason}",
    },
    "kept_none": {
        "en": "There is no checkpoint yet.",
        "ko": "아직 체크포인트가 없습니다.",
    },
    "no_room": {
        "en": "The cluster had no room for {asked} for ten minutes. {kept} Add machines, or end other work on it.",
        "ko": "10분 동안 클러스터에 {asked}의 자리가 나지 않았습니다. {kept} 컴퓨터를 더하거나 다른 작업을 끝내세요.",
    },
    "not_begun": {
        "en": "The processes could not be started: {reason}. {kept} See that maeum[cluster,train] of this version and this Python are "
        "installed on all machines.",
        "ko": "프로세스를 시작하지 못했습니다({reason}). {kept} 모든 컴퓨터에 같은 버전의 maeum[cluster,train]과 Python이 설치되어 "
        "있는지 확인하세요.",
    },
    "lost": {
        "en": "Workers were lost too often: {reason}. {kept} Look at the memory of the machines.",
        "ko": "작업자를 너무 여러 번 잃었습니다({reason}). {kept} 컴퓨터들의 메모리를 확인하세요.",
    },
    "gone": {
        "en": "The cluster is gone: {reason}. {kept}",
        "ko": "클러스터가 사라졌습니다({reason}). {kept}",
    },
    "failed": {
        "en": "Training on the cluster failed: {reason}. {kept}",
        "ko": "클러스터의 학습이 실패했습니다({reason}). {kept}",
    },
    "stopped": {"en": "{reason}", "ko": "{reason}"},
    "storage_needed": {
        "en": "A checkpoint of this model has {size:.1f} GiB, more than the {most:.0f} GiB that come through Ray. Give --storage a "
        "folder or URL that all machines see (/nfs/…, s3://…, gs://…).",
        "ko": "이 모델의 체크포인트는 {size:.1f} GiB로, Ray를 거쳐 가져오는 {most:.0f} GiB보다 큽니다. 모든 컴퓨터가 보는 폴더나 "
        "URL(/nfs/…, s3://…, gs://…)을 --storage로 지정하세요.",
    },
    "storage_scheme": {
        "en": "'{found}' is no storage that can be used.{near} Give a folder that all machines mount, or a URL that begins with one "
        "of: {known}.",
        "ko": "'{found}'{found:-은/는} 쓸 수 있는 저장소가 아닙니다.{near} 모든 컴퓨터에 연결된 폴더나 다음으로 시작하는 URL을 "
        "지정하세요: {known}.",
    },
    "storage_unusable": {
        "en": "The storage '{storage}' cannot be used: {reason}. Check that it exists and that its credentials are set.",
        "ko": "저장소 '{storage}'{storage:-을/를} 쓸 수 없습니다({reason}). 저장소가 있는지, 접근 권한이 설정되어 있는지 "
        "확인하세요.",
    },
    "storage_missing": {
        "en": "'{name}' is not, or not wholly, in the storage '{storage}'.",
        "ko": "저장소 '{storage}'에 '{name}'{name:-이/가} 없거나 온전하지 않습니다.",
    },
    "storage_not_shared": {
        "en": "'{storage}' is not the same folder on all {total} machines; not on: {machines}. Give --storage a folder that all of "
        "them mount at the same path (NFS, Lustre), or a URL (s3://…, gs://…).",
        "ko": "'{storage}'{storage:-이/가} 컴퓨터 {total}대에서 같은 폴더가 아닙니다. 다른 곳: {machines}. 모두가 같은 경로로 연결한 "
        "폴더(NFS, Lustre)나 URL(s3://…, gs://…)을 --storage로 지정하세요.",
    },
    "storage_no_entry": {
        "en": "'{storage}' can be used here, but of {total} machines not on: {machines} ({reason}). Give the cluster's machines "
        "access to it too.",
        "ko": "'{storage}'{storage:-을/를} 여기서는 쓸 수 있지만 컴퓨터 {total}대 가운데 {machines}에서는 쓸 수 없습니다({reason}). "
        "클러스터의 컴퓨터에도 접근 권한을 주세요.",
    },
}
